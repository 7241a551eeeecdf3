export { knownAttributesOf, knownNamesOf } from './attributes.ts'
export { ConditionEditor } from './ConditionEditor.tsx'
export {
  ConditionContext,
  type ConditionServices,
  type CountAnswer,
  useConditionServices,
} from './context.ts'
export { EventFilterEditor } from './EventTests.tsx'
export { isComplete } from './leaves.tsx'
export { type NamedOption, NameSelect } from './NameSelect.tsx'
export { useSpoken, withNames } from './spoken.ts'
export { useSuggested } from './suggested.ts'
export { ownVariables } from './variable.ts'
