import type { Words } from '../words.ts'
import type canvas from '../zh-CN/canvas.ts'

export default {
  title: 'Canvas',
  empty: {
    title: 'The canvas of this journey',
    text: 'Drag nodes from the left, write on the right, watch time below.',
    action: 'Back to journeys',
    example: 'An audience enters, waits three days, and what it gets depends on whether it ordered.',
  },
} satisfies Words<typeof canvas>
