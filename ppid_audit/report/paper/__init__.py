"""What stands in the printed reports, block by block; how it looks is each writer's own matter."""
