//! The codec of an object: its two halves.
//!
//! Comes in: the object with its members. Goes out: `Decode`, `Encode`. Must not know: how an object is made by hand.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Form, Member, Object};
use crate::emit::scope::{self, ident};
use crate::model::Additional;

impl Object<'_> {
    /// `Decode`: the slots of its keys are filled, wherever these lie.
    pub(super) fn decode(&self) -> TokenStream {
        let scope = self.scope;
        let name = &self.name;
        let (decode, decoder, error, result) = (
            scope.path(scope::DECODE),
            scope.path(scope::DECODER),
            scope.path(scope::DECODE_ERROR),
            scope.path(scope::RESULT),
        );
        let body = if self.definition.has_default && self.needed().is_empty() && !self.is_empty() {
            self.fill_default()
        } else {
            self.fill_variables()
        };
        quote! {
            impl #decode for #name {
                fn decode(json: &mut #decoder<'_>) -> #result<Self, #error> {
                    #body
                }
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.members.is_empty() && matches!(self.additional, Additional::Ignored)
    }

    /// The slots that must be filled.
    fn needed(&self) -> Vec<&Ident> {
        self.members
            .iter()
            .filter(|member| matches!(member.form, Form::Plain | Form::Nullable))
            .map(|member| &member.slot)
            .collect()
    }

    /// Where nothing is required, the slots are the fields themselves.
    fn fill_default(&self) -> TokenStream {
        let (default, ok) = (self.scope.path(scope::DEFAULT), self.scope.path(scope::OK));
        let read = self.read(|name| quote!(object.#name), |member| &member.name);
        quote! {
            let mut object: Self = #default::default();
            #read
            #ok(object)
        }
    }

    /// Where something is required, the slots are variables until it is known to be there.
    fn fill_variables(&self) -> TokenStream {
        let scope = self.scope;
        let (ok, err) = (scope.path(scope::OK), scope.path(scope::ERR));
        let slots = self.slots();
        let read = self.read(|name| quote!(#name), |member| &member.slot);
        let (additional, kept) = match self.additional {
            Additional::Ignored => (None, None),
            Additional::Kept { field, .. } => {
                let (field, map) = (ident(field), scope.path(scope::BTREE_MAP));
                (
                    Some(quote!(let mut #field = #map::new();)),
                    Some(quote!(#field,)),
                )
            }
        };
        let needed = self.needed();
        let some = scope.path(scope::SOME);
        let check = match needed.as_slice() {
            [] => None,
            [one] => Some(quote! {
                let #some(#one) = #one else { return #err(json.incomplete()); };
            }),
            many => Some(quote! {
                let (#(#some(#many)),*) = (#(#many),*) else { return #err(json.incomplete()); };
            }),
        };
        let values = self.members.iter().map(|member| {
            let (name, slot) = (&member.name, &member.slot);
            if name == slot {
                quote!(#name)
            } else {
                quote!(#name: #slot)
            }
        });
        quote! {
            #slots
            #additional
            #read
            #check
            #ok(Self { #(#values,)* #kept })
        }
    }

    /// The call that reads an object into the slots of these names.
    fn read(
        &self,
        slot: fn(&Ident) -> TokenStream,
        name: for<'m> fn(&'m Member<'_>) -> &'m Ident,
    ) -> TokenStream {
        let entries = self.members.iter().map(|member| {
            let entry = self.scope.path(match member.form {
                Form::Plain | Form::Nullable => scope::REQUIRED,
                Form::Optional | Form::ThreeState => scope::OPTIONAL,
            });
            let (key, slot) = (&member.field.key, slot(name(member)));
            quote!(#entry(#key, &mut #slot))
        });
        match self.additional {
            Additional::Ignored => quote!(json.object(&mut [#(#entries),*])?;),
            Additional::Kept { field, .. } => {
                let rest = slot(&ident(field));
                quote!(json.object_with(&mut [#(#entries),*], &mut #rest)?;)
            }
        }
    }

    /// The variables that are filled while the object is read.
    fn slots(&self) -> TokenStream {
        /// More than this many columns of names are declared one by one.
        const ONE_LINE: usize = 56;
        let start = |member: &Member<'_>| match member.form {
            Form::ThreeState => {
                let field = self.scope.path(scope::FIELD);
                quote!(#field::Absent)
            }
            _ => self.scope.path(scope::NONE),
        };
        let columns: usize = self
            .members
            .iter()
            .map(|member| member.field.name.len() + 12)
            .sum();
        if self.members.len() > 1 && columns <= ONE_LINE {
            let names = self.members.iter().map(|member| &member.slot);
            let starts = self.members.iter().map(start);
            return quote!(let (#(mut #names),*) = (#(#starts),*););
        }
        let lines = self.members.iter().map(|member| {
            let (slot, start) = (&member.slot, start(member));
            quote!(let mut #slot = #start;)
        });
        quote!(#(#lines)*)
    }

    /// `Encode`: its keys, each with a reference to what it holds.
    pub(super) fn encode(&self) -> TokenStream {
        let scope = self.scope;
        let name = &self.name;
        let (encode, encoder) = (scope.path(scope::ENCODE), scope.path(scope::ENCODER));
        let entries = self.members.iter().map(|member| {
            let (key, name) = (&member.field.key, &member.name);
            if member.form == Form::Nullable {
                let nullable = scope.path(scope::NULLABLE);
                quote!((#key, &#nullable::of(&self.#name)))
            } else {
                quote!((#key, &self.#name))
            }
        });
        let call = match self.additional {
            Additional::Ignored => quote!(json.object(&[#(#entries),*]);),
            Additional::Kept { field, .. } => {
                let field = ident(field);
                quote!(json.object_with(&[#(#entries),*], &self.#field);)
            }
        };
        quote! {
            impl #encode for #name {
                fn encode(&self, json: &mut #encoder) {
                    #call
                }
            }
        }
    }
}
