export interface Component {
  readonly name: string;
  readonly licenses?: readonly unknown[];
}
export function licenceOf(component: Component): string;
export function licenceProblems(components: readonly Component[]): string[];
