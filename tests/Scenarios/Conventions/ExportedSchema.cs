using Monolith.Host.Hosting;

namespace Monolith.Scenarios.Conventions;

public sealed class ExportedSchema
{
    [Fact]
    public async Task The_exported_schema_is_that_of_the_code()
    {
        var exported = await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "db", "schema.sql"));
        (await Schema.Script()).ShouldBe(exported, "export it again: dotnet run --project src/Host -- export-schema db/schema.sql");
    }

    [Fact]
    public async Task It_names_every_schema_of_ours()
    {
        var script = await Schema.Script();
        foreach (var table in new[] { "events.mt_events", "catalog.mt_doc_product", "ordering.mt_doc_order", "inventory.mt_doc_stock", "payments.mt_doc_payment", "shipping.mt_doc_shipment", "operations.mt_doc_operation", "kernel.mt_doc_projectiongeneration", "wolverine.wolverine_outgoing_envelopes" })
        {
            script.ShouldContain(table);
        }
    }
}
