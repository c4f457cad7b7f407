"""Pages that read every floor: home, the operation, help, and the way out when something goes wrong."""
