using System.Xml.Linq;
using Marten;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Monolith.Host.Hosting.Site;

/// <summary>A key that cookies are protected with.</summary>
public sealed record ProtectionKey(string Id, string Xml);

/// <summary>
/// The keys are in the database, so that a cookie of one node is good for all of them and outlives a restart. Who only reports from the database
/// cannot read them.
/// </summary>
internal sealed class SharedKeys(IDocumentStore store) : IXmlRepository
{
    // The framework asks once in a while, and cannot wait otherwise.
    public IReadOnlyCollection<XElement> GetAllElements() => Load().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Save(new ProtectionKey(friendlyName, element.ToString())).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> Load()
    {
        await using var session = store.QuerySession();
        return [.. (await session.Query<ProtectionKey>().ToListAsync()).Select(key => XElement.Parse(key.Xml))];
    }

    private async Task Save(ProtectionKey key)
    {
        await using var session = store.LightweightSession();
        session.Store(key);
        await session.SaveChangesAsync();
    }
}

internal static class SharedKeysRegistration
{
    public static void AddSharedKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("monolith");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new SharedKeys(services.GetRequiredService<IDocumentStore>())));
    }
}
