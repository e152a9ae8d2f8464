"""People, their companies and what lets them in: a Django app of its own, for Django keeps accounts better than we would."""
