import type { Words } from '../words.ts'
import type reports from '../zh-CN/reports.ts'

export default {
  title: 'Reports',
  export: 'Export CSV',
  about: 'What it brought, what it cost, how far from the control group.',
  choose: 'Choose a journey',
  open: 'Open the canvas',
  figures: {
    entered: 'Entered',
    ended: '{{count}} of them have ended',
    sent: 'Messages sent',
    each: '{{value}} per customer',
    cost: 'Cost',
    perGoal: '{{amount}} per conversion',
    reached: 'Reached the goal',
    value: 'Order value',
    valueNote: 'Spent on the goal by all but the control group',
  },
  goal: 'Goal: {{name}}',
  arms: { treated: 'Treated group', control: 'Control group' },
  members: '{{converted}} of {{members}}',
  verdict: {
    up: 'The journey works: conversion rose from {{control}} to {{treated}}, up {{points}} percentage points (95% interval {{low}} to {{high}}).',
    down: 'The journey does harm: conversion fell from {{control}} to {{treated}}, down {{points}} percentage points (95% interval {{low}} to {{high}}).',
    unsure:
      'Of the treated group {{treated}} converted, of the control group {{control}}: {{points}} percentage points apart (95% interval {{low}} to {{high}}). The interval includes 0, so the sample is too small to conclude.',
    alone:
      '{{converted}} of {{members}} reached the goal: {{treated}}. Without a control group nobody can say how much of that the journey brought.',
    waiting: 'Nobody has come far enough to compare.',
    extra: 'At that rate the journey brought about {{count}} more conversions.',
    extraValue:
      'At that rate the journey brought about {{count}} more conversions, worth about {{value}}; it cost {{cost}}.',
    needMore: 'Wait longer, or let more customers in.',
    advise: 'Next time, keep a control group of 10% in the journey’s settings to see clearly.',
  },
  badges: {
    up: 'Confident',
    down: 'Take care',
    unsure: 'Not conclusive yet',
    alone: 'No control group',
    waiting: 'Too early',
  },
  interval: '95% interval of the difference',
  noDifference: 'No difference',
  points: '{{value}} points',
  days: {
    title: 'Day by day',
    label: 'Entered, sent and converted on each day',
    entered: 'Entered',
    sent: 'Messages sent',
    converted: 'Reached the goal',
  },
  channels: {
    title: 'By channel',
    channel: 'Channel',
    sent: 'Sent',
    delivered: 'Delivered',
    opened: 'Opened',
    clicked: 'Clicked',
    failed: 'Failed',
    unknown: 'Unknown',
    cost: 'Cost',
    none: 'No message has been sent',
  },
  endings: { title: 'How it ended', none: 'Nobody has come to an end', people: '{{count}}' },
  noGoal: {
    title: 'This journey has no goal',
    text: 'Put a goal on the canvas to say what you hope customers will do; it is then compared with the control group here.',
  },
  notYet: {
    title: 'Nobody has entered this journey',
    text: 'Once it is published and its time to enter comes, figures appear here. In a sandbox you can move the clock on.',
    action: 'Open the canvas',
  },
  empty: {
    title: 'See what a journey brought',
    text: 'Once a journey runs, the treated group is compared with the control group here, so that you see what it truly added.',
    action: 'See the journeys',
    example:
      '7,571 in the treated group: 9.1% ordered; 841 in the control group: 6.4%. That is 2.7 points more.',
  },
} satisfies Words<typeof reports>
