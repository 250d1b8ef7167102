namespace Monolith.Host.Hosting;

/// <summary>The SQL scripts of <c>db/</c> that the program runs itself.</summary>
internal static class Resource
{
    public static string Read(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no resource '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
