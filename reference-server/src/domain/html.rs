/// HTML as it may be shown to a shopper: scripts, styles, event handlers and dangerous addresses are taken out.
///
/// Sanitising twice gives the same as sanitising once.
pub(super) fn sanitised(html: &str) -> String {
    if html.contains(['<', '>', '&']) {
        ammonia::clean(html)
    } else {
        // Nothing in it can be markup, and building the parser is what takes the time.
        html.to_owned()
    }
}
