//! Recursion: a definition that contains itself by value gets a `Box` where the cycle closes, and only there.
//!
//! Arrays and maps hold their items on the heap already. An alias cannot be cut: its target is boxed where it is used.

use crate::model::{Api, Shape, Type, TypeId};

/// Boxes the parts that close a cycle of values.
pub(super) fn box_cycles(api: &mut Api) {
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|definition| by_value(&definition.shape))
        .collect();
    let components = strongly_connected(&edges);
    let component = |index: usize| components.get(index).copied();
    let is_recursive =
        |from: usize, to: usize| component(from).is_some() && component(from) == component(to);
    for (index, definition) in api.types.iter_mut().enumerate() {
        if matches!(definition.shape, Shape::Alias(_)) {
            continue;
        }
        definition.shape.for_each_type_mut(&mut |part| {
            box_by_value(part, &|id: TypeId| is_recursive(index, id.0))
        });
    }
}

/// The definitions that a value of this shape holds without anything on the heap between.
fn by_value(shape: &Shape) -> Vec<usize> {
    let mut held = Vec::new();
    shape.for_each_type(&mut |part| {
        hold(part, &mut held);
    });
    held
}

fn hold(part: &Type, held: &mut Vec<usize>) {
    match part.bare() {
        Type::Named(id) => held.push(id.0),
        Type::Tuple(items) => items.iter().for_each(|item| hold(item, held)),
        Type::FileOr(inner) => hold(inner, held),
        _ => {}
    }
}

fn box_by_value(part: &mut Type, closes_cycle: &dyn Fn(TypeId) -> bool) {
    match part {
        Type::Nullable(inner) | Type::FileOr(inner) => box_by_value(inner, closes_cycle),
        Type::Tuple(items) => items
            .iter_mut()
            .for_each(|item| box_by_value(item, closes_cycle)),
        Type::Named(id) if closes_cycle(*id) => *part = Type::Boxed(Box::new(part.clone())),
        _ => {}
    }
}

/// The component of each node (Tarjan, without recursion). A node alone without an edge to itself shares its component with nobody,
/// so no edge is found to lie within it.
fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let mut state = Tarjan {
        index: vec![UNSEEN; count],
        low: vec![UNSEEN; count],
        component: vec![UNSEEN; count],
        stack: Vec::new(),
        next_index: 0,
        next_component: 0,
    };
    for start in 0..count {
        if state.index.get(start) != Some(&UNSEEN) {
            continue;
        }
        let mut path: Vec<(usize, usize)> = Vec::new();
        state.enter(start);
        path.push((start, 0));
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let target = edges
                .get(node)
                .and_then(|targets| targets.get(*next))
                .copied();
            *next += 1;
            match target {
                Some(target) if state.index.get(target) == Some(&UNSEEN) => {
                    state.enter(target);
                    path.push((target, 0));
                }
                Some(target) => state.meet(node, target),
                None => {
                    path.pop();
                    state.leave(node);
                    if let Some((parent, _)) = path.last() {
                        state.inherit(*parent, node);
                    }
                }
            }
        }
    }
    state.component
}

struct Tarjan {
    index: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    next_index: usize,
    next_component: usize,
}

impl Tarjan {
    fn enter(&mut self, node: usize) {
        for list in [&mut self.index, &mut self.low] {
            if let Some(slot) = list.get_mut(node) {
                *slot = self.next_index;
            }
        }
        self.next_index += 1;
        self.stack.push(node);
    }

    /// An edge to a node that was seen before: it counts while its component is open.
    fn meet(&mut self, node: usize, target: usize) {
        if self.component.get(target) == Some(&usize::MAX) {
            let reached = self.index.get(target).copied().unwrap_or(usize::MAX);
            self.lower(node, reached);
        }
    }

    fn inherit(&mut self, parent: usize, child: usize) {
        if self.component.get(child) == Some(&usize::MAX) {
            let reached = self.low.get(child).copied().unwrap_or(usize::MAX);
            self.lower(parent, reached);
        }
    }

    fn lower(&mut self, node: usize, reached: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = (*low).min(reached);
        }
    }

    fn leave(&mut self, node: usize) {
        if self.low.get(node) != self.index.get(node) {
            return;
        }
        while let Some(member) = self.stack.pop() {
            if let Some(slot) = self.component.get_mut(member) {
                *slot = self.next_component;
            }
            if member == node {
                break;
            }
        }
        self.next_component += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_of_a_graph() {
        let components = strongly_connected(&[vec![1], vec![2], vec![0], vec![0, 3], vec![]]);
        assert_eq!(components[0], components[1]);
        assert_eq!(components[1], components[2]);
        assert_ne!(components[3], components[0]);
        assert_ne!(components[4], components[3]);
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|index| vec![index + 1]).collect();
        assert_eq!(strongly_connected(&edges).len(), 200_000);
    }
}
