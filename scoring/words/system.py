"""What the system says of a file that could not be read or written, in Chinese; its own words are another language's."""

from __future__ import annotations

import errno

WORDS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件大小到了系统允许的上限",
    errno.ENOENT: "文件或文件夹不在",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOTDIR: "路径里有一处是文件，不是文件夹",
    errno.EISDIR: "那里是文件夹，不是文件",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "快捷方式指来指去",
    errno.EIO: "磁盘读写出错，硬盘可能有故障",
    errno.EBUSY: "正被别的程序使用",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
}


def why(error: OSError) -> str:
    """Return why the system refused, without a full stop; a number where it is none of the usual reasons."""
    return WORDS.get(error.errno or 0) or f"系统错误 {error.errno or type(error).__name__}"
