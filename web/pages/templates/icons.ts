import {
  CalendarHeart,
  ClipboardCheck,
  ClipboardList,
  Clock,
  Coins,
  Flag,
  Hourglass,
  type LucideIcon,
  MousePointerClick,
  PackageCheck,
  Route,
  Send,
  Shuffle,
  Split,
  Square,
  Tag,
  Target,
  TicketPercent,
  UserRoundCheck,
  UsersRound,
  Waypoints,
} from 'lucide-react'
import type { NodeTypeName } from '../../../shared/nodes/index.ts'

const isNodeType = (type: string): type is NodeTypeName => Object.hasOwn(icons, type)

/**
 * The signs of the cards on the canvas, by node type. They are named here a second time so that a drawing
 * does not load every card's form.
 */
const icons: Readonly<Record<NodeTypeName, LucideIcon>> = {
  audience_at: UsersRound,
  customer_date: CalendarHeart,
  event: MousePointerClick,
  manual: ClipboardList,
  from_journey: Route,
  wait: Clock,
  wait_event: Hourglass,
  branch: Split,
  split: Shuffle,
  decision: UserRoundCheck,
  task: ClipboardCheck,
  send: Send,
  coupon: TicketPercent,
  tag: Tag,
  points: Coins,
  save_audience: PackageCheck,
  webhook_call: Waypoints,
  goal: Target,
  exit: Flag,
}

/** The sign of a node type; a plain square for one that came by an extension. */
export const iconOf = (type: string): LucideIcon => (isNodeType(type) ? icons[type] : Square)
