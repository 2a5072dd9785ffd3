"""What a message to Feishu costs."""


def messages(times):
    pass
