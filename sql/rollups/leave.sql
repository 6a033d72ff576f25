rollback to savepoint before_taking
