select *
from policies_new
