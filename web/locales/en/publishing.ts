/** The dialog before a version goes live: who is under way, and what becomes of them. */
export default {
  changes: 'What changes from v{{version}}',
  flight: {
    title: 'Who is under way',
    people_one: '{{people}} customer stands in an earlier version.',
    people: '{{people}} customers stand in earlier versions.',
    nobody: 'Nobody is under way in an earlier version; whoever enters from now on takes the new one.',
    messages_one: '{{messages}} of its messages has not been handed to a channel yet.',
    messages: '{{messages}} of their messages have not been handed to a channel yet.',
    node: 'Stands at',
    count: 'People',
    becomes: 'What becomes of them',
    becomesOf: 'What becomes of those at “{{node}}”',
    choose: 'This node is gone: where to?',
    staysHere: 'Move to the new version, here',
    finishes: 'Finish in the version they are in',
    goesTo: 'Go to “{{node}}”',
    leaves: 'Leave the journey',
  },
  fates: {
    move: {
      name: 'Move to the new version',
      hint: 'Each stays where they are and a wait keeps its start; messages not handed over yet get the new words.',
    },
    finish: {
      name: 'Finish in the version they are in',
      hint: 'They get what was drawn when they entered; corrections do not reach them.',
    },
    leave: {
      name: 'Leave the journey',
      hint: 'They leave at once, and what is queued for them is taken back.',
    },
  },
  becomes: {
    finishes: 'Corrections do not reach them',
    stays: 'The wait goes on from its start',
    asked: 'By the new settings, from the same start',
    enters: 'As if just arrived',
    leaves: 'What is queued is taken back',
    undecided: 'Still to be said',
  },
  moving: {
    version: 'Moving those under way to v{{to}}',
    versionAbout:
      'Whoever has not been moved yet waits, so that no message is lost or sent twice. It cannot be ended half-way.',
    values: 'Saying queued messages by the new values',
    valuesAbout: 'No message of this journey leaves until that is done.',
  },
  days: {
    title: 'What will leave in the next seven days',
    nothing: 'Nothing is due.',
    day: 'Day',
    entries: 'Entries',
    waits: 'Waits that end',
    messages: 'Queued messages',
  },
}
