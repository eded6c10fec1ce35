"""The tasks, one a file; each defines TASK, a `shared.task.Task`."""
