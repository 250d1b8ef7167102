using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Monolith.Kernel.Commands;

/// <summary>Keeps what an endpoint answers in memory, until it is known whether that is the answer to give.</summary>
internal sealed class HeldResponse : IAsyncDisposable
{
    private readonly HttpContext http;
    private readonly IHttpResponseBodyFeature original;
    private readonly MemoryStream held = new();

    public HeldResponse(HttpContext http)
    {
        this.http = http;
        original = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
    }

    public Task Release()
    {
        http.Features.Set(original);
        held.Position = 0;
        return held.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    public void Drop()
    {
        http.Features.Set(original);
        http.Response.Clear();
    }

    public ValueTask DisposeAsync()
    {
        http.Features.Set(original);
        return held.DisposeAsync();
    }
}
