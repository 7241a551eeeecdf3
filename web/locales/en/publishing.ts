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
    choose: 'This node is gone: where to?',
    goesTo: 'To “{{node}}”',
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
    finishes: 'Finishes in v{{version}}',
    stays: 'Stays here; the wait goes on',
    asked: 'Stays here; the new settings hold, counted from the same start',
    enters: 'Goes to “{{node}}”, as if just arrived',
    leaves: 'Leaves the journey',
    undecided: 'Still to be said',
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
