namespace Monolith.Console.Api;

/// <summary>Whether the server answers. The pages ask again by themselves; this is for the people in front of them.</summary>
internal sealed class Connection
{
    public event EventHandler? Changed;

    public bool IsLost { get; private set; }

    public void Report(bool lost)
    {
        if (lost != IsLost)
        {
            IsLost = lost;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}

/// <summary>Sees every request, and so whether the server answers.</summary>
internal sealed class ConnectionHandler(Connection connection) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            connection.Report(lost: (int)response.StatusCode is 502 or 504);
            return response;
        }
        catch (HttpRequestException)
        {
            connection.Report(lost: true);
            throw;
        }
    }
}
