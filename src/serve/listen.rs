//! The door: which addresses the preview listens at.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};

use crate::build::Failure;
use crate::source::files::plain_words;

/// How many ports are tried before the first is called taken for good.
const TRIED: u16 = 50;

/// An open door.
#[derive(Debug)]
pub struct Door {
    /// One a network address: a name such as `localhost` may have two, and a browser takes either.
    pub listeners: Vec<TcpListener>,
    /// Their port.
    pub port: u16,
}

/// Listens at `host`, a name or an address, at `port` or, where that is taken, at the next that is free. Port 0 is any.
///
/// # Errors
/// If the name is unknown, the address is not this machine's, or the system refuses.
pub fn open(host: &str, port: u16) -> Result<Door, Failure> {
    let bare = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = match (bare, port).to_socket_addrs() {
        Ok(addresses) => addresses.collect(),
        Err(error) => {
            let why = plain_words(&error);
            return Err(Failure::Usage(format!(
                "there is no host `{host}` ({why}); leave -n out for this machine alone, or write -n 0.0.0.0 for its whole network"
            )));
        }
    };
    let last = port.saturating_add(TRIED);
    for port in port..=last {
        match at(&addresses, port) {
            Ok(door) => return Ok(door),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => {}
            Err(error) => return Err(refused(host, port, &error)),
        }
        if port == 0 {
            break;
        }
    }
    Err(Failure::Usage(format!("the ports {port} to {last} are all taken: name another with -p")))
}

fn refused(host: &str, port: u16, error: &std::io::Error) -> Failure {
    Failure::Usage(match error.kind() {
        ErrorKind::AddrInUse => format!("the port {port} is taken: name another with -p"),
        ErrorKind::PermissionDenied => {
            format!("the port {port} is for the system's own services: name one above 1023 with -p")
        }
        ErrorKind::AddrNotAvailable => format!("`{host}` is not an address of this machine"),
        _ => format!("can't listen at {host}, port {port}: {}", plain_words(error)),
    })
}

/// Listens at all of `addresses` that this machine has, at one port.
fn at(addresses: &[SocketAddr], port: u16) -> std::io::Result<Door> {
    let mut door = Door { listeners: Vec::new(), port };
    let mut missing = None;
    for address in addresses {
        match TcpListener::bind(SocketAddr::new(address.ip(), door.port)) {
            Ok(listener) => {
                door.port = listener.local_addr()?.port();
                door.listeners.push(listener);
            }
            // A name may have an address of a kind that this machine does without.
            Err(error) if matches!(error.kind(), ErrorKind::AddrNotAvailable | ErrorKind::Unsupported) => {
                missing = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    match missing {
        Some(error) if door.listeners.is_empty() => Err(error),
        _ => Ok(door),
    }
}

/// This machine's address on its network, if it is on one.
#[must_use]
pub fn on_network() -> Option<IpAddr> {
    // Nothing is sent: the system only says from where it would send. The address is one for documentation.
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_port_is_taken_where_one_is_in_use() {
        let first = open("localhost", 0).unwrap();
        let second = open("localhost", first.port).unwrap();
        assert!(second.port > first.port && second.port <= first.port + TRIED);
    }

    #[test]
    fn faults_are_explained() {
        let error = open("no such host", 3000).unwrap_err().to_string();
        assert!(error.contains("there is no host `no such host`"), "{error}");
        let error = open("192.0.2.1", 3000).unwrap_err().to_string();
        assert_eq!(error, "`192.0.2.1` is not an address of this machine");
    }
}
