//! Limits that are checked: tables that limit nothing, in themselves or in what they refer to, are left out.

use crate::model::{Api, Limit, LimitTable, Limits};

/// Leaves out what limits nothing, and the references to it.
pub(super) fn drop_empty_tables(api: &mut Api) {
    let mut limiting = vec![false; api.limits.len()];
    // Tables refer to each other in circles: each round settles those that refer to settled ones.
    loop {
        let before = limiting.clone();
        for (index, table) in api.limits.iter().enumerate() {
            let limits = table.limits.iter().any(|limit| is_limiting(limit, &before));
            if let Some(slot) = limiting.get_mut(index) {
                *slot |= limits;
            }
        }
        if limiting == before {
            break;
        }
    }
    let mut places = Vec::with_capacity(limiting.len());
    let mut kept = 0;
    for is_kept in &limiting {
        places.push(is_kept.then_some(kept));
        kept += usize::from(*is_kept);
    }
    let place = |index: usize| places.get(index).copied().flatten();
    for table in &mut api.limits {
        table.limits = limiting_parts(&table.limits, &place);
    }
    let tables: Vec<LimitTable> = std::mem::take(&mut api.limits);
    let kept = tables.into_iter().zip(limiting);
    api.limits = kept
        .filter_map(|(table, kept)| kept.then_some(table))
        .collect();
    for operation in api
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.operations)
    {
        for parameter in &mut operation.parameters {
            parameter.limits = parameter.limits.and_then(place);
        }
        if let Some(body) = &mut operation.body {
            body.limits = body.limits.and_then(place);
        }
    }
}

fn is_limiting(limit: &Limit, known: &[bool]) -> bool {
    matches!(limit, Limit::Plain(_))
        || limit.parts().any(|part| match part {
            Limits::Own(limits) => limits.iter().any(|limit| is_limiting(limit, known)),
            Limits::Table(index) => known.get(*index) == Some(&true),
        })
}

/// The limits that limit something, references to tables by their new places.
fn limiting_parts(limits: &[Limit], place: &dyn Fn(usize) -> Option<usize>) -> Vec<Limit> {
    let part = |limits: &Limits| match limits {
        Limits::Own(own) => {
            let own = limiting_parts(own, place);
            (!own.is_empty()).then_some(Limits::Own(own))
        }
        Limits::Table(index) => place(*index).map(Limits::Table),
    };
    limits
        .iter()
        .filter_map(|limit| match limit {
            Limit::Plain(plain) => Some(Limit::Plain(*plain)),
            Limit::Items(items) => part(items).map(Limit::Items),
            Limit::Others(named, others) => {
                part(others).map(|others| Limit::Others(named.clone(), others))
            }
            Limit::Properties(properties) => {
                let properties: Vec<(String, Limits)> = properties
                    .iter()
                    .filter_map(|(key, limits)| Some((key.clone(), part(limits)?)))
                    .collect();
                (!properties.is_empty()).then_some(Limit::Properties(properties))
            }
        })
        .collect()
}
