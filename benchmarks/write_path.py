"""What one durable command costs, against pgbench on the same server in the same minute: execute and execute_many."""
