"""What pages share: the frame, the state in the URL, what is cached, and how boards are shown."""
