"""Who is told what happened, and by which way it reaches them: the page, a mail, an endpoint."""
