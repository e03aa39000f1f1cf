/** Takes files away for good, their earlier versions too. Beside `ObjectStore` because one function only may do it. */
export type ObjectEraser = {
  /** files, versions and uploads that broke off whose key begins with `prefix` */
  count(prefix: string): Promise<number>;
  /** a second time changes nothing */
  erase(prefix: string): Promise<void>;
};
