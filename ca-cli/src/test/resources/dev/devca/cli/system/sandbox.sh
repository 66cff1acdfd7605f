# Process 1 of new mount, network and process namespaces, started by Sandbox:
#   sandbox.sh CHECKOUT ADDRESS root|mapped
# Lays an overlay over every folder of the machine's root, so that whatever is written lands in
# memory; says "ready"; ends with its standard input, and the kernel then ends all that runs in it.
#
# Its working directory stays on the memory file system: the test reads what was written in
# /proc/PID/cwd/upper, and what the sandbox sees in /proc/PID/root.
set -eu
checkout=$1 address=$2 rights=$3
export LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin

# On /run: every machine has it, and its sockets (users, messages) must not be reached from here.
mount -t tmpfs -o size=4g,mode=755 devca-sandbox /run
cd /run
mkdir upper work root
mount --bind root root

if [ "$rights" = root ]; then
  # A rename or a change of mode copies the whole file, so that "upper" names each change.
  options=redirect_dir=off,metacopy=off,index=off
else
  # The only form that the kernel lets an ordinary user mount. Files of the real root stay
  # read-only for a user who is root only in here; copies of them do not.
  options=userxattr
  for folder in /etc /usr/local/share/ca-certificates /usr/lib/jvm/*/lib/security \
    /var/lib/ca-certificates-java /var/lib/dpkg; do
    [ -d "$folder" ] || continue
    mkdir -p "upper$folder"
    cp -r --preserve=mode,links "$folder/." "upper$folder" 2>/dev/null || :
    # What may not even be read, such as dpkg's locks, is there and empty.
    find "$folder" -type f ! -readable -printf '%p\n' 2>/dev/null | while read -r file; do
      : >"upper$file"
    done
  done
  # Debian's own setting, which only root can read, and a log, which only root can write.
  echo cacerts_updates=yes >upper/etc/default/cacerts
  mkdir -p upper/var/log
  : >upper/var/log/dpkg.log
fi
# One overlay a folder, not one over "/": below "/" an ordinary user may not hide the other mounts.
for folder in /*; do
  name=${folder#/}
  if [ -L "$folder" ]; then
    cp -P "$folder" root/
    continue
  fi
  [ -d "$folder" ] || continue
  mkdir "root/$name"
  case $name in
    dev | proc | run | sys) ;;
    tmp) chmod 1777 root/tmp ;;
    *)
      mkdir -p "upper/$name" "work/$name"
      [ "$rights" = mapped ] || chown --reference="$folder" "upper/$name"
      chmod --reference="$folder" "upper/$name"
      mount -t overlay \
        -o "lowerdir=$folder,upperdir=/run/upper/$name,workdir=/run/work/$name,$options" \
        devca-sandbox "root/$name" 2>/dev/null ||
        # An ordinary user may not look below another's mounts: this folder stays empty.
        [ "$rights" = mapped ]
      ;;
  esac
done
mount -t proc proc root/proc
mount --rbind /sys root/sys
mount --rbind /dev root/dev
mount -t tmpfs -o mode=1777 devca-sandbox root/dev/shm
mkdir root/run/lock root/run/old
# A checkout in /tmp, or on another disk, is not in the overlays.
if [ ! -e "root$checkout/pom.xml" ]; then
  mkdir -p "root$checkout"
  mount --bind "$checkout" "root$checkout"
fi

ip link set lo up
ip address add "$address/32" dev lo

pivot_root root root/run/old
umount -l /run/old
rmdir /run/old

if [ "$rights" = root ]; then
  useradd --create-home --shell /bin/bash dev
fi
echo ready
read -r _ || :
