using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Insights;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Insights.Alerts;

/// <param name="Note">What is being done about it.</param>
public sealed record AcknowledgeAlert(string? Note)
{
    public InputErrors Check() => new InputErrors().Text(Note, "note");

    public static Decision Decide(Alert alert, AcknowledgeAlert command, string by, DateTimeOffset now) => alert.State switch
    {
        AlertState.Open => Decision.Accept(new AlertAcknowledged(alert.PublicId, by, command.Note!, now)),
        AlertState.Acknowledged => Decision.Nothing,
        _ => Decision.Reject(ProblemTypes.StateConflict, "The alert is over."),
    };
}

public static class AcknowledgeAlertEndpoint
{
    public static Task<StreamInHand<Alert>> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        StreamInHand.Load<Alert>(Alert.StreamOf(id), AlertProjection.ProjectionName, session, cancellation);

    public static ProblemDetails Validate(AcknowledgeAlert command, StreamInHand<Alert> alert, HttpContext http) => alert.Check(http, command.Check());

    /// <summary>Says that somebody looks after an alert. A second one changes nothing.</summary>
    [WolverinePost("/v1/alerts/{id}/acknowledgement"), Allow(Role.Operator)]
    [ProducesResponseType<AlertView>(StatusCodes.Status200OK)]
    public static (IResult, OutgoingMessages) Post(AcknowledgeAlert command, StreamInHand<Alert> alert, HttpContext http, TimeProvider time) => alert.Carry(
        AcknowledgeAlert.Decide(alert.State, command, http.User.Subject(), time.BusinessNow()),
        (acknowledged, tag) => CommandReply.Ok(AlertView.Of(acknowledged), tag));
}
