"""What the program means. Pure: no Qt, no SQL, no network, no clock."""
