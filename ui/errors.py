"""What can go wrong between the screens and the API; each message is shown as it is.

ApiError
├── ApiUnreachable   nothing answers at the address
├── ApiNotReady      it answers, and its index is loading or missing (503)
├── ApiRefused       it refused the request and said why (4xx, RFC 9457 `detail`)
└── ApiFailed        it failed, or answered something else than its contract
"""


class ApiError(Exception):
    """The API gave no usable answer; the message is French and says what to do."""


class ApiUnreachable(ApiError):
    """Nothing answers at the address of the API."""


class ApiNotReady(ApiError):
    """The API is up but its index is not."""


class ApiRefused(ApiError):
    """The API refused the request; the message is its own."""


class ApiFailed(ApiError):
    """The API failed or broke its contract."""
