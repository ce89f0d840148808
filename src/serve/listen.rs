//! Decides which addresses the preview listens on.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};

use crate::build::Failure;
use crate::source::files::plain_words;

/// How many ports to try before giving up.
const TRIED: u16 = 50;

/// The open listeners.
#[derive(Debug)]
pub struct Door {
    /// One per network address: a name such as `localhost` may have two, and a browser may use either.
    pub listeners: Vec<TcpListener>,
    /// Their port.
    pub port: u16,
}

/// Listens on `host`, a name or an address, on `port` or, if that is taken, on the next free one. Port 0 means any.
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
                "there is no host `{host}` ({why}); leave out -n to serve this machine only, or use -n 0.0.0.0 to serve its whole network"
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
    Err(Failure::Usage(format!("ports {port} to {last} are all taken: choose another with -p")))
}

fn refused(host: &str, port: u16, error: &std::io::Error) -> Failure {
    Failure::Usage(match error.kind() {
        ErrorKind::AddrInUse => format!("port {port} is taken: choose another with -p"),
        ErrorKind::PermissionDenied => {
            format!("port {port} is reserved for system services: choose one above 1023 with -p")
        }
        ErrorKind::AddrNotAvailable => format!("`{host}` is not an address of this machine"),
        _ => format!("can't listen on {host}, port {port}: {}", plain_words(error)),
    })
}

/// Listens on all of `addresses` that this machine has, on one port.
fn at(addresses: &[SocketAddr], port: u16) -> std::io::Result<Door> {
    let mut door = Door { listeners: Vec::new(), port };
    let mut missing = None;
    for address in addresses {
        match TcpListener::bind(SocketAddr::new(address.ip(), door.port)) {
            Ok(listener) => {
                door.port = listener.local_addr()?.port();
                door.listeners.push(listener);
            }
            // A name may have a kind of address that this machine does not have.
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

/// This machine's address on its network, if it is connected to one.
#[must_use]
pub fn on_network() -> Option<IpAddr> {
    // This sends nothing: the system only tells which address it would send from. The target is reserved for documentation.
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
