import {
  Cake,
  CircleStop,
  Clock3,
  Flag,
  GitBranch,
  Hand,
  Hourglass,
  type LucideIcon,
  Send,
  Split,
  Square,
  Tag,
  Ticket,
  UserRoundPlus,
  UsersRound,
  Zap,
} from 'lucide-react'

const icons: Readonly<Record<string, LucideIcon>> = {
  audience_at: UsersRound,
  customer_date: Cake,
  event: Zap,
  manual: Hand,
  wait: Clock3,
  wait_event: Hourglass,
  branch: GitBranch,
  split: Split,
  send: Send,
  coupon: Ticket,
  tag: Tag,
  save_audience: UserRoundPlus,
  goal: Flag,
  exit: CircleStop,
}

/** The sign of a node type; a plain square for one that came by an extension. */
export const iconOf = (type: string): LucideIcon => icons[type] ?? Square
