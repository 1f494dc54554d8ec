#!/bin/sh -e
# Called with 'set-up' at the first boot, and with keepalived's new state after that.
. /etc/mysql/replication
case $1 in
  # What is done so far is in no binary log: both nodes begin with an empty one.
  set-up)
    echo "server_id = $(hostname -I | sed 's/ .*//; s/.*\.//')" >>/etc/mysql/mariadb.conf.d/60-replication.cnf
    systemctl restart mariadb
    mariadb -e "GRANT REPLICATION SLAVE ON *.* TO replica IDENTIFIED BY '$password'; RESET MASTER"
    ;;
  # The MASTER takes writes. What the other node sent comes first, as far as it is not applied yet.
  MASTER)
    received=$(mariadb -e 'SHOW SLAVE STATUS\G' | sed -n 's/.*Gtid_IO_Pos: //p')
    mariadb -e "SELECT MASTER_GTID_WAIT('$received', 30); STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only = OFF"
    ;;
  # The standby replicates from the VIP.
  BACKUP)
    mariadb -e "SET GLOBAL read_only = ON; STOP SLAVE; SET GLOBAL gtid_slave_pos = @@gtid_current_pos;
      CHANGE MASTER TO MASTER_HOST = '$vip', MASTER_USER = 'replica', MASTER_PASSWORD = '$password',
      MASTER_CONNECT_RETRY = 1, MASTER_USE_GTID = slave_pos; START SLAVE"
    ;;
esac
