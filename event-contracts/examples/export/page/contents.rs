//! The table of contents, by producer and by what the events are about.

use super::html::{escape, name, title};
use super::{Group, anchor};
use event_contracts::catalogue::EventType;
use event_contracts::schema;

pub(super) fn contents(groups: &[Group]) -> String {
    let mut entries = String::new();
    let mut producer = "";
    for group in groups {
        if group.producer != producer {
            producer = &group.producer;
            entries.push_str(&format!("<h2>{}</h2>\n", escape(&title(producer))));
        }
        let links: String = group
            .contracts
            .iter()
            .map(|contract| link(contract.event()))
            .collect();
        entries.push_str(&format!(
            "<section>\n<h3>{}</h3>\n<ul>\n{links}</ul>\n</section>\n",
            escape(&title(group.aggregate))
        ));
    }
    format!(
        r##"<nav class="contents" aria-label="Events">
<a class="home" href="#top">Product Service events</a>
<div class="filter" hidden>
<label for="filter">Filter</label>
<input id="filter" type="search" placeholder="name, field, service" autocomplete="off" spellcheck="false">
<p id="found" role="status"></p>
</div>
<div class="entries">
{entries}<h2>Reference</h2>
<ul>
<li><a href="#envelope">The envelope</a></li>
<li><a href="#shapes">Shapes</a></li>
<li><a href="#values">Values</a></li>
<li><a href="#words">Words</a></li>
</ul>
</div>
</nav>
"##
    )
}

fn link(event: &EventType) -> String {
    format!(
        "<li data-event=\"{anchor}\"><a href=\"#{anchor}\">{}{}</a></li>\n",
        name(event.name),
        major(event),
        anchor = anchor(event),
    )
}

/// Tells the majors of one type apart, where there are several.
fn major(event: &EventType) -> String {
    let same = schema::ALL
        .iter()
        .filter(|contract| contract.event().name == event.name);
    if same.count() > 1 {
        format!(" <span class=\"major\">v{}</span>", event.version.major)
    } else {
        String::new()
    }
}
