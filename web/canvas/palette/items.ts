import type { LucideIcon } from 'lucide-react'
import type { Category, Registry } from '../../../shared/nodes/type.ts'
import type { LocalText } from '../../../shared/text.ts'
import type { Seed } from '../../commands/seed.ts'
import { asStored, type Cards } from '../../nodes/index.ts'

/** One thing that can be dragged out of the palette. */
export interface PaletteItem {
  /** Unique; the type, or the type and the preset's key. */
  readonly key: string
  readonly category: Category
  readonly icon: LucideIcon
  readonly name: LocalText
  readonly help: LocalText
  readonly seed: () => Seed
}

/** Everything that the registry and its cards offer, in the registry's order. */
export function paletteItems(types: Registry, cards: Cards): readonly PaletteItem[] {
  return [...types.values()].flatMap((type): PaletteItem[] => {
    const card = cards.get(type.type)
    if (card === undefined) return []
    if (card.presets === undefined) {
      const seed = () => ({
        type: type.type,
        name: type.name,
        config: asStored(type.defaults()),
        stem: type.type.replaceAll('_', '-'),
      })
      const { name, help, category } = type
      return [{ key: type.type, category, icon: card.icon, name, help, seed }]
    }
    return card.presets.map((preset, index) => ({
      key: index === 0 ? type.type : `${type.type}-${preset.key}`,
      category: type.category,
      icon: preset.icon,
      name: preset.name,
      help: preset.help,
      seed: () => ({
        type: type.type,
        name: preset.name,
        config: asStored(preset.config()),
        stem: preset.stem,
      }),
    }))
  })
}

/** Whether an item's words contain what was searched for, in either language. */
export function found(item: PaletteItem, search: string): boolean {
  const words = [item.name['zh-CN'], item.name.en, item.help['zh-CN'], item.help.en, item.key]
  return words.join(' ').toLowerCase().includes(search.trim().toLowerCase())
}
