import type { Words } from '../words.ts'
import type reports from '../zh-CN/reports.ts'

export default {
  title: 'Reports',
  about: 'What it earned, what it cost, and the difference from the control group.',
  empty: {
    title: 'See what a journey brought',
    text: 'Once a journey runs, those it reached stand beside the control group, and the real uplift is worked out.',
    action: 'Go to journeys',
    example: 'Of 7,571 reached 9.1% bought; of 841 in control 6.4%: an uplift of 2.7 points.',
  },
} satisfies Words<typeof reports>
