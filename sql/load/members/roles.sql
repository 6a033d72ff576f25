select
    email,
    role
from members
