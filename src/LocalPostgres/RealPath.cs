using System.Security.Cryptography;
using System.Text;

namespace Monolith.LocalPostgres;

/// <summary>Paths as the kernel sees them, so that one folder has one name and one hash.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var resolved = Path.Combine(Of(parent), Path.GetFileName(full));
        return new DirectoryInfo(resolved) is { Exists: true, LinkTarget: not null } link
            && link.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Of(target.FullName)
            : resolved;
    }

    public static bool Same(string one, string other) => string.Equals(
        Path.GetFullPath(one), Path.GetFullPath(other),
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    public static byte[] Hash(string path) => SHA256.HashData(Encoding.UTF8.GetBytes(path));
}
