using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Monolith.Kernel.Commands;

/// <summary>Keeps what an endpoint answers in memory, until it is known whether that is the answer to give.</summary>
internal sealed class HeldResponse : IAsyncDisposable
{
    private readonly HttpContext http;
    private readonly IHttpResponseBodyFeature original;
    private readonly MemoryStream held = new();
    private readonly StreamResponseBodyFeature substitute;

    public HeldResponse(HttpContext http)
    {
        this.http = http;
        original = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        substitute = new StreamResponseBodyFeature(held);
        http.Features.Set<IHttpResponseBodyFeature>(substitute);
    }

    public async Task Release()
    {
        await substitute.CompleteAsync();
        http.Features.Set(original);
        held.Position = 0;
        await held.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    public void Drop()
    {
        http.Features.Set(original);
        http.Response.Clear();
    }

    public ValueTask DisposeAsync()
    {
        http.Features.Set(original);
        substitute.Dispose();
        return held.DisposeAsync();
    }
}
