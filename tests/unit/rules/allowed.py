"""Who may do what, as one table of permissions, things and the people of a city; personas and things are of scene.py.

A line names everybody of the city who is allowed; everybody else of that city, and everybody of the other one, is
refused. After a dash, it names those who alone are refused, and a guest is refused anyway. `system` is a job or the
command line.
"""

from collections.abc import Mapping

HR = "verifier hr_head"
SEE_THE_TEAM = f"unit_hr top_hr {HR} inspector"

#: As below, of the allowances.
ALLOWANCES: Mapping[tuple[str, str], str] = {
    ("allowance:open", "city"): f"system {HR}",
    ("allowance:view", "city"): f"treasurer inspector official superior unit_hr unrelated_hr top_hr {HR}",
    ("allowance:list", "unit"): f"treasurer inspector superior unit_hr top_hr {HR}",
    ("allowance:export", "unit"): f"treasurer {HR}",
    ("slip:view", "employee"): f"treasurer employee appraiser superior {SEE_THE_TEAM}",
    ("slip:view", "unplaced"): f"treasurer employee appraiser inspector {HR}",
    ("dispute:file", "employee"): "employee",
    ("attendance:propose", "employee"): "unit_hr top_hr",
    ("attendance:propose", "verifier"): "top_hr",
    ("attendance:approve", "correction"): f"top_hr {HR}",
    ("month:adjust", "employee"): HR,
    ("month:confirm", "adjustment"): "hr_head",
    ("allowance:oversee", "city"): f"inspector {HR}",
    ("signal:find", "unit"): "system",
    ("signal:handle", "signal"): HR,
    ("signal:handle", "signal about verifier"): "hr_head",
}

_SEE_POSTS = f"admin inspector official regional_head {HR}"
#: As below, of posts and competencies.
POSTS: Mapping[tuple[str, str], str] = {
    ("needs:view", "city"): _SEE_POSTS,
    ("merit:mark", "city"): HR,
    ("post:view", "post"): f"unit_hr top_hr {_SEE_POSTS}",
    ("post:analyse", "post"): f"unit_hr top_hr {HR}",
    ("post:analyse", "post of verifier"): "top_hr hr_head",
    ("post:decide", "post"): HR,
    ("post:decide", "post of verifier"): "hr_head",
    ("competency:view", "employee"): f"employee appraiser {SEE_THE_TEAM}",
}

#: As below, of careers and promotion in rank.
CAREERS: Mapping[tuple[str, str], str] = {
    ("career:view", "employee"): f"employee {SEE_THE_TEAM}",
    ("career:view", "unplaced"): f"employee inspector {HR}",
    ("promotion:view", "unit"): SEE_THE_TEAM,
    ("promotion:start", "employee"): f"system unit_hr top_hr {HR}",
    ("promotion:start", "unplaced"): f"system {HR}",
    ("promotion:start", "verifier"): "system top_hr hr_head",
    ("promotion:start", "person of unit_hr"): f"system top_hr {HR}",
    ("rank:follow", "city"): "system",
    ("appointment:follow", "city"): "system",
    ("post:fill", "post"): HR,
    ("post:fill", "post of verifier"): "hr_head",
    ("filling:list", "city"): f"inspector official regional_head {HR}",
    ("filling:view", "filling"): f"inspector official regional_head {HR}",
    ("filling:view", "filling with verifier"): "inspector official regional_head hr_head",
    ("filling:own", "filling"): "employee",
    ("case:view", "filling case"): f"system inspector official regional_head {HR}",
    ("decree:view", "city"): f"inspector {HR}",
    ("talent:browse", "city"): f"regional_head {HR}",
    ("talent:follow_up", "employee"): HR,
    ("talent:follow_up", "verifier"): "hr_head",
    ("succession:view", "city"): f"regional_head {HR}",
    ("succession:draw", "post"): HR,
    ("succession:draw", "post of verifier"): "hr_head",
    ("succession:approve", "succession"): "regional_head",
    ("succession:approve", "succession by regional_head"): "",
    ("case:view", "promotion case"): f"system employee official regional_head {SEE_THE_TEAM}",
    ("result:view", "promotion case"): f"employee {SEE_THE_TEAM}",
}

_STAFF = (
    "employee colleague appraiser superior unrelated_appraiser unrelated_hr treasurer official regional_head inspector "
    f"owner admin unit_hr top_hr {HR}"
)
#: As below, of open selections.
SELECTIONS: Mapping[tuple[str, str], str] = {
    ("selection:open", "city"): f"system {HR}",
    ("selection:view", "selection"): f"{_STAFF} guest",
    ("selection:view", "selection without guests"): "- system",
    ("selection:apply", "selection"): "- system",
    ("selection:withdraw", "selection"): "colleague",
    ("selection:panel", "selection"): f"system {HR}",
    ("selection:panel", "selection of verifier"): "system hr_head",
    ("selection:documents", "selection"): f"treasurer guest official regional_head {HR}",
    ("selection:documents", "selection of verifier"): "treasurer guest official regional_head hr_head",
    ("selection:documents", "selection of treasurer"): f"guest official regional_head {HR}",
    ("selection:documents", "selection of official"): f"treasurer guest regional_head {HR}",
    ("selection:judge", "selection"): f"official regional_head inspector {HR}",
    ("selection:judge", "selection of verifier"): "official regional_head inspector hr_head",
    ("selection:judge", "selection of official"): f"regional_head inspector {HR}",
    ("selection:judge", "selection of inspector"): f"official regional_head {HR}",
    ("case:view", "selection case"): f"system official regional_head inspector {HR}",
}

#: As below, of training.
TRAINING: Mapping[tuple[str, str], str] = {
    ("development:view", "employee"): f"employee appraiser {SEE_THE_TEAM}",
    ("development:view", "unplaced"): f"employee appraiser inspector {HR}",
    ("development:nominate", "employee"): f"employee appraiser unit_hr top_hr {HR}",
    ("development:nominate", "unplaced"): f"employee appraiser {HR}",
    ("development:plan", "employee"): "employee appraiser",
    ("development:agree", "employee"): "appraiser",
    ("development:claim", "employee"): "employee",
    ("training:confirm", "employee"): HR,
    ("training:confirm", "verifier"): "hr_head",
    ("training:oversee", "city"): f"inspector {HR}",
    ("training:arrange", "city"): f"system {HR}",
    ("training:open_needs", "city"): "system",
}

#: As below, of designs of processes.
DESIGNS: Mapping[tuple[str, str], str] = {
    ("design:begin", "city"): "system owner",
    ("design:view", "design"): "system owner admin colleague outsider",
    ("design:view", "another design"): "system owner admin",
    ("design:view", "city"): "system owner admin",
    ("design:change", "design"): "system owner",
    ("design:remark", "design"): "owner admin colleague outsider",
    ("design:remark", "another design"): "owner admin",
    ("design:review", "design"): "admin",
    ("design:review", "design of nobody"): "owner admin",
    ("design:release", "design"): "owner",
}

#: As below, of figures of processes.
MINING: Mapping[tuple[str, str], str] = {
    ("mining:fold", "city"): "system",
    ("mining:view", "city"): "system owner",
    ("mining:export", "city"): "system owner",
}

#: As below, of guests: what they may at all, and who invites them.
GUESTS: Mapping[tuple[str, str], str] = {
    ("task:view", "task of guest"): "guest",
    ("task:complete", "task of guest"): "guest",
    ("task:delegate", "task of guest"): "",
    ("task:view", "task of guest elsewhere"): "",
    ("task:complete", "task of guest elsewhere"): "",
    ("notice:read", "guest"): "guest",
    ("guest:view", "city"): f"inspector {HR}",
    ("guest:invite", "city"): HR,
    ("guest:change", "city"): HR,
    ("guest:view", "guest of a design"): "owner",
    ("guest:change", "guest of a design"): "owner",
}

#: Permission and thing, and who may.
ALLOWED: Mapping[tuple[str, str], str] = {
    ("task:view", "opened"): "employee",
    ("task:view", "behaviour"): "appraiser",
    ("task:view", "queue"): "verifier",
    ("task:view", "claimed"): "verifier",
    ("task:complete", "opened"): "employee",
    ("task:complete", "queue"): "",
    ("task:complete", "claimed"): "verifier",
    ("task:claim", "opened"): "",
    ("task:claim", "queue"): "verifier",
    ("task:claim", "claimed"): "",
    ("task:unclaim", "opened"): "",
    ("task:unclaim", "queue"): "",
    ("task:unclaim", "claimed"): "verifier",
    ("task:delegate", "behaviour"): "appraiser",
    ("task:delegate", "queue"): "",
    ("task:reassign", "opened"): "system",
    ("case:start", "city"): "system",
    ("case:advance", "city"): "system",
    ("migration:run", "city"): f"system owner {HR}",
    ("case:view", "opened case"): f"system employee appraiser {SEE_THE_TEAM}",
    ("case:view", "objection case"): f"system colleague appraiser superior {SEE_THE_TEAM}",
    ("case:view", "unit case"): f"system superior {SEE_THE_TEAM}",
    ("case:view", "untouched case"): f"system employee appraiser {SEE_THE_TEAM}",
    ("case:view", "case of a namesake"): f"system inspector {HR}",
    ("case:view", "stuck case"): f"system colleague appraiser owner {SEE_THE_TEAM}",
    ("result:view", "opened case"): f"employee appraiser {SEE_THE_TEAM}",
    ("result:view", "objection case"): f"colleague appraiser superior {SEE_THE_TEAM}",
    ("case:view", "reported case"): f"system employee appraiser official {SEE_THE_TEAM}",
    ("case:view", "finished case of a namesake"): f"system inspector {HR}",
    ("result:view", "reported case"): f"employee appraiser official {SEE_THE_TEAM}",
    ("result:view", "unit case"): f"superior {SEE_THE_TEAM}",
    ("result:view", "untouched case"): f"employee appraiser {SEE_THE_TEAM}",
    ("result:view", "stuck case"): f"colleague appraiser {SEE_THE_TEAM}",
    ("result:view", "case of a namesake"): f"inspector {HR}",
    ("incident:retry", "opened case"): f"system owner {HR}",
    ("incident:retry_group", "city"): f"system owner {HR}",
    ("operations:view", "city"): f"system owner {HR}",
    ("deadline:move", "city"): "system",
    ("deadline:recount", "city"): "system verifier admin",
    **{
        line: allowed
        for permission in ("incident:skip", "case:suspend", "case:cancel", "case:move")
        for line, allowed in (
            ((permission, "opened case"), f"system {HR}"),
            ((permission, "stuck case"), f"system owner {HR}"),
            ((permission, "suspended case"), f"system owner {HR}"),
            ((permission, "suspended case of owner"), f"system {HR}"),
            ((permission, "claimed case"), "system hr_head"),
        )
    },
    ("case:hand_over", "opened case"): "system",
    ("case:hand_over", "claimed case"): "system hr_head",
    ("case:change", "opened case"): f"system {HR}",
    ("case:change", "stuck case"): f"system {HR}",
    ("case:change", "claimed case"): "system hr_head",
    ("case:view", "suspended case"): f"system employee appraiser owner {SEE_THE_TEAM}",
    ("notice:read", "employee"): "employee",
    ("release:deploy", "city"): "system owner",
    ("period:close", "city"): "system",
    ("period:open", "city"): f"system {HR}",
    ("period:view", "city"): f"system owner inspector official regional_head unit_hr unrelated_hr top_hr {HR}",
    ("period:browse", "city"): f"system inspector official unit_hr unrelated_hr top_hr {HR}",
    **ALLOWANCES,
    **POSTS,
    **CAREERS,
    **SELECTIONS,
    **TRAINING,
    **GUESTS,
    **DESIGNS,
    **MINING,
    ("case:view", "month case"): f"system treasurer {SEE_THE_TEAM}",
    ("feedback:give", "employee"): "- employee",
    ("feedback:change", "feedback"): "colleague",
    ("people:view", "city"): "system admin verifier",
    ("people:import", "city"): "system admin verifier",
    ("employee:view", "employee"): f"employee appraiser admin inspector unit_hr top_hr {HR}",
    ("employee:view", "unplaced"): f"employee appraiser admin inspector {HR}",
    ("role:view", "verifier"): "verifier admin",
    ("role:view", "employee"): "employee verifier admin",
    ("role:grant", "employee"): "system admin",
    ("role:grant", "admin"): "system",
    ("role:revoke", "grant"): "system admin",
    ("line:view", "employee"): "employee appraiser unit_hr top_hr verifier",
    ("line:propose", "employee"): "unit_hr top_hr",
    ("line:propose", "verifier"): "top_hr",
    ("line:approve", "proposal"): "verifier",
    ("line:approve", "own_proposal"): "",
    ("line:approve", "proposal by verifier"): "",
    ("acting:view", "unit"): "unit_hr top_hr verifier admin",
    ("acting:end", "unit"): "system unit_hr top_hr verifier",
    ("code:list", "city"): "admin unit_hr unrelated_hr top_hr",
    ("account:issue_code", "employee account"): "system admin unit_hr top_hr",
    ("account:issue_code", "verifier account"): "system admin",
    ("account:issue_code", "admin account"): "system",
    ("account:issue_code", "account of top_hr"): "system admin",
    ("account:set_active", "employee account"): "system admin",
    ("account:set_active", "admin account"): "system",
    ("city:open", "city"): "system",
    ("program:open", "city"): HR,
    ("program:export", "city"): HR,
    ("unit:recognise", "city"): f"system {HR}",
    ("unit_award:view", "unit award"): f"official regional_head inspector {HR}",
    ("unit_award:view", "unit award that was given"): "- system",
    ("unit_award:view", "unit award by colleague"): f"colleague official regional_head inspector {HR}",
    ("unit_award:judge", "unit award"): f"official regional_head inspector {HR}",
    ("citizen:record", "employee"): HR,
    ("citizen:record", "verifier"): "hr_head",
    ("citizen:list", "city"): HR,
    ("citizen:confirm", "thanks of a citizen"): "superior official",
    ("citizen:confirm", "thanks of a citizen by superior"): "official",
    ("citizen:confirm", "thanks of a citizen for superior"): "official",
    ("report:oversee", "city"): f"inspector official regional_head {HR}",
    ("report:spending", "city"): f"treasurer inspector official regional_head {HR}",
    ("report:service", "city"): "- system",
    ("nominee:name", "employee"): "- employee",
    ("award:view", "award"): f"employee colleague official regional_head inspector {HR}",
    ("award:view", "award of verifier"): f"colleague official regional_head inspector {HR}",
    ("award:judge", "award"): f"official regional_head inspector {HR}",
    ("award:judge", "award of verifier"): "official regional_head inspector hr_head",
    ("kudos:give", "employee"): "- employee system",
    ("kudos:withdraw", "thanks"): "colleague",
    ("kudos:answer", "thanks"): "employee",
    ("kudos:report", "thanks"): "employee appraiser superior unit_hr",
    ("kudos:report", "thanks that are kept"): "employee",
    ("kudos:review", "thanks"): HR,
    ("kudos:review", "thanks for verifier"): "hr_head",
    ("innovation:add", "city"): "- system",
    ("innovation:follow", "idea"): "colleague",
    ("innovation:vote", "idea"): "- colleague system",
    ("innovation:decide", "idea"): f"superior official unit_hr top_hr {HR}",
    ("innovation:decide", "idea of verifier"): "superior official unit_hr top_hr hr_head",
}
