//! Functions of IP networks.

use std::net::{Ipv4Addr, Ipv6Addr};

use rust_decimal::prelude::ToPrimitive as _;
use smol_str::SmolStr;

use super::{Call, Failed, Function, Gives, pure};
use crate::lang::Dialect;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    // A function of OpenTofu.
    pure("cidrcontains", "network, part", 2, Some(2), |call| {
        let (outer, text) = (network(call)?, call.text(1)?);
        let inner = parse(&text).or_else(|| parse(&format!("{text}/{}", outer.bits)));
        let inner = inner.filter(|inner| inner.bits == outer.bits);
        let inner = inner.ok_or_else(|| call.fail(1, "not an address or a network of the same kind"))?;
        Ok(Value::Bool(inner.length >= outer.length && inner.address & !outer.host_mask() == outer.address))
    })
    .only_in(Dialect::Terraform),
    pure("cidrhost", "network, number", 2, Some(2), |call| {
        let (network, number) = (network(call)?, big(call, 1)?);
        call.made(&show(
            network.host(number).ok_or_else(|| call.fail(1, "the network has no such host"))?,
            network.bits,
        ))
    })
    .gives(Gives::Text),
    pure("cidrnetmask", "network", 1, Some(1), |call| {
        let network = network(call)?;
        if network.bits != 32 {
            return Err(call.fail(0, "only IPv4 networks have a mask"));
        }
        call.made(&show(!network.host_mask() & u128::from(u32::MAX), 32))
    })
    .gives(Gives::Text),
    pure("cidrsubnet", "network, added_bits, number", 3, Some(3), |call| {
        let network = network(call)?;
        let length = i64::from(network.length) + call.integer(1)?;
        let subnet = network.subnet(length, big(call, 2)?);
        call.made(&subnet.ok_or_else(|| call.fail(2, "the network has no such subnet"))?.text())
    })
    .gives(Gives::Text),
    pure("cidrsubnets", "network, added_bits, …", 1, None, cidrsubnets).gives(Gives::Texts),
];

/// A network: the address with all host bits zero.
#[derive(Clone, Copy)]
struct Network {
    address: u128,
    length: u8,
    /// 32 or 128.
    bits: u8,
}

fn network(call: &Call<'_>) -> Result<Network, Failed> {
    let text = call.text(0)?;
    parse(&text).ok_or_else(|| call.fail(0, "not a network such as `10.0.0.0/16`"))
}

fn parse(text: &str) -> Option<Network> {
    let (address, length) = text.split_once('/')?;
    let is_digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let length: u8 = is_digits.then(|| length.parse().ok()).flatten()?;
    let (address, bits) = match address.contains(':') {
        true => (u128::from(address.parse::<Ipv6Addr>().ok()?), 128),
        false => (ipv4(address)?, 32),
    };
    let network = Network { address, length, bits };
    (length <= bits).then(|| Network { address: address & !network.host_mask(), ..network })
}

/// Leading zeros are decimal, as Terraform takes them.
fn ipv4(text: &str) -> Option<u128> {
    let parts: Vec<u128> = text
        .split('.')
        .map(|part| {
            let is_digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            is_digits.then(|| part.parse::<u128>().ok()).flatten().filter(|part| *part < 256)
        })
        .collect::<Option<_>>()?;
    let [a, b, c, d] = parts.as_slice() else { return None };
    Some(a << 24 | b << 16 | c << 8 | d)
}

fn show(address: u128, bits: u8) -> String {
    match bits {
        32 => Ipv4Addr::from(address as u32).to_string(),
        _ => Ipv6Addr::from(address).to_string(),
    }
}

/// A whole number that may be larger than 64 bits: IPv6 networks are large.
fn big(call: &Call<'_>, at: usize) -> Result<i128, Failed> {
    let number = call.number(at)?;
    let whole = number.is_integer().then(|| number.to_i128()).flatten();
    whole.ok_or_else(|| call.fail(at, "a whole number is needed"))
}

impl Network {
    fn host_mask(&self) -> u128 {
        ones(u32::from(self.bits - self.length))
    }

    /// A host by its number; negative ones count from the end.
    fn host(&self, number: i128) -> Option<u128> {
        let largest = self.host_mask();
        let offset = match number {
            0.. => number.unsigned_abs(),
            _ => largest.checked_sub(number.unsigned_abs() - 1)?,
        };
        (offset <= largest).then_some(self.address | offset)
    }

    fn subnet(&self, length: i64, number: i128) -> Option<Network> {
        let length = u8::try_from(length).ok().filter(|length| *length <= self.bits)?;
        let added = u32::from(length.saturating_sub(self.length));
        let number = u128::try_from(number).ok().filter(|number| *number <= ones(added))?;
        let shift = u32::from(self.bits - length);
        let subnet = Network { length, ..*self };
        let address = self.address & !subnet.host_mask() | number.checked_shl(shift).unwrap_or(0);
        Some(Network { address, ..subnet })
    }

    fn text(&self) -> SmolStr {
        format!("{}/{}", show(self.address, self.bits), self.length).into()
    }
}

/// As many ones from the right.
fn ones(count: u32) -> u128 {
    if count >= 128 { u128::MAX } else { (1 << count) - 1 }
}

/// Subnets behind each other, each of its own size.
fn cidrsubnets(call: &Call<'_>) -> Result<Value, Failed> {
    let network = network(call)?;
    let mut next = Some(network.address);
    let mut subnets = Vec::new();
    for at in 1..call.arguments.len() {
        let added = call.integer(at)?;
        let length = u8::try_from(i64::from(network.length) + added).ok();
        let length = length.filter(|length| added > 0 && *length <= network.bits);
        let length = length.ok_or_else(|| call.fail(at, "the network cannot be extended by so many bits"))?;
        let subnet = Network { length, ..network };
        let mask = subnet.host_mask();
        let start = next.and_then(|next| next.checked_add(mask)).map(|next| next & !mask);
        let start = start.filter(|start| *start <= network.address | network.host_mask());
        let start = start.ok_or_else(|| call.fail(at, "the network is full"))?;
        next = (start | mask).checked_add(1);
        subnets.push(Network { address: start, ..subnet }.text());
    }
    call.made_list(subnets)
}
