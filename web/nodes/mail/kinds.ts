import {
  Columns2,
  Heading,
  Image,
  type LucideIcon,
  Minus,
  MousePointerClick,
  MoveVertical,
  PanelBottom,
  ShoppingBag,
  TicketPercent,
  Type,
} from 'lucide-react'
import type { BlockKind } from '../../../shared/mail/blocks.ts'

/** The blocks in the order of the palette, each with its sign. */
export const blockIcons: Readonly<Record<BlockKind, LucideIcon>> = {
  heading: Heading,
  text: Type,
  image: Image,
  button: MousePointerClick,
  columns: Columns2,
  product: ShoppingBag,
  coupon: TicketPercent,
  divider: Minus,
  spacer: MoveVertical,
  footer: PanelBottom,
}

// The keys of an object whose type is known: TypeScript itself gives them as texts.
export const paletteKinds = Object.keys(blockIcons) as BlockKind[]
