"""Tells Django that the approval is viewflow's process under another name."""

from django.db import migrations


class Migration(migrations.Migration):
    """No table: the fields live in the process's JSON."""

    dependencies = (("viewflow", "0001_initial"),)
    operations = (
        migrations.CreateModel(name="ApprovalProcess", fields=[], options={"proxy": True}, bases=("viewflow.process",)),
    )
