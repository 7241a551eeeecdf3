export { ConditionEditor, type ConditionEditorProps } from './ConditionEditor.tsx'
export {
  type AskedNode,
  ConditionContext,
  type ConditionServices,
  useConditionServices,
} from './context.ts'
export { EventFilterEditor } from './EventTests.tsx'
export { isComplete } from './leaves.tsx'
