namespace Monolith.Architecture.Reading;

/// <summary>The source files of the solution.</summary>
internal static class Checkout
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static IReadOnlyList<string> Modules { get; } = Directory.GetDirectories(Path.Combine(Folder, "src", "Modules"));

    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path]));

    /// <summary>Path below the checkout and text of every C# file in a folder; what the build made is left out.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(params string[] folder) =>
        from file in Directory.EnumerateFiles(Path.Combine([Folder, .. folder]), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Folder, file)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select (path, File.ReadAllText(file));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Monolith.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("The tests run outside a checkout."));
}
