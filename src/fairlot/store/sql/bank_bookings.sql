-- Which order a movement of the bank was booked to, found whatever became of that order since.
CREATE INDEX order_command_of_bank ON order_command (command_id) WHERE command_id LIKE 'bank:%';
