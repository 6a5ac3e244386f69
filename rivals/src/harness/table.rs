use std::fmt::Write;

use serde_json::Value;

use super::Row;

/// One array of rows, for programs.
pub(crate) fn json(rows: &[Row]) -> String {
    let rows: Vec<Value> = rows.iter().map(Row::json).collect();
    format!("{:#}", Value::Array(rows))
}

/// The rows as a table, for people.
pub(crate) fn table(rows: &[Row]) -> String {
    let head = [
        "id", "figure", "rival's", "unit", "ratio", "rival", "bar", "holds",
    ]
    .map(str::to_owned);
    let cells: Vec<[String; 8]> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let widths: [usize; 8] = std::array::from_fn(|column| {
        cells
            .iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    });

    let mut text = String::new();
    for row in &cells {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            // Writing to a string cannot fail.
            let _ = match column {
                1 | 2 | 4 => write!(line, "{cell:>width$}  "),
                _ => write!(line, "{cell:<width$}  "),
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let missed = rows.iter().filter(|row| row.holds() == Some(false)).count();
    let held = rows.iter().filter(|row| row.holds() == Some(true)).count();
    let _ = writeln!(text, "\n{held} bars hold, {missed} do not");
    text
}

fn cells(row: &Row) -> [String; 8] {
    [
        row.id.to_owned(),
        format!("{:.2}", row.figure),
        format!("{:.2}", row.rival_figure),
        row.unit.to_owned(),
        row.ratio()
            .map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}")),
        row.rival.to_owned(),
        row.bar.map_or_else(|| "-".to_owned(), super::Bar::words),
        match row.holds() {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "-",
        }
        .to_owned(),
    ]
}
