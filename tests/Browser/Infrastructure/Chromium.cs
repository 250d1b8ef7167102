namespace Monolith.Browser.Infrastructure;

/// <summary>The browser of this machine. Without one, the tests are skipped.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static bool IsInstalled => Path is not null;

    public static string? Path { get; } = Folders()
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private static string[] Folders() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator);
}
