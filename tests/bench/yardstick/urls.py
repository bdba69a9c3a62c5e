"""The addresses of viewflow's pages."""

from django.urls import path
from viewflow.contrib.auth import AuthViewset
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset

from tests.bench.yardstick.flows import ApprovalFlow

site = Site(title="Yardstick", viewsets=[FlowAppViewset(ApprovalFlow, icon="check")])
urlpatterns = [path("accounts/", AuthViewset(with_profile_view=False).urls), path("", site.urls)]
