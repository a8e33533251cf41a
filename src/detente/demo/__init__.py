"""The example coverage that `detente demo` reads: three articles in the project's own prose."""
